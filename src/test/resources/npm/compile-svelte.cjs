const { compile } = require('svelte/compiler');
const { readFileSync, writeFileSync } = require('node:fs');

const [, , source, target] = process.argv;
writeFileSync(target, compile(readFileSync(source, 'utf8'), { generate: 'client', filename: source }).js.code);
