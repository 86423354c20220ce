import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Sound } from '../../main/bell/view/alerts.js';

beforeEach(() => {
  globalThis.document = { baseURI: 'https://www.example.org/' };
});

describe('a sound', () => {
  it('that the browser cannot play does not end what follows', (context) => {
    const warnings = context.mock.method(console, 'warn', () => {});
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
    for (const AudioContext of [undefined, class { constructor() { throw new Error('no device'); } }]) {
      globalThis.AudioContext = AudioContext;
      new Sound().play('');
    }

    assert.equal(warnings.mock.callCount(), 2);
  });

  it('uses one device however many bells come and go', () => {
    let devices = 0;
    const node = { connect: () => node, start() {}, stop() {}, gain: { setTargetAtTime() {} } };
    globalThis.OscillatorNode = function oscillator() { return node; };
    globalThis.GainNode = globalThis.OscillatorNode;
    globalThis.AudioContext = class {
      currentTime = 0;

      constructor() {
        devices++;
      }
    };

    new Sound().play('');
    new Sound().play('');

    assert.equal(devices, 1);
  });
});
