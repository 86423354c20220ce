import { mount } from 'svelte';
import TopBar from './recipe.js';

mount(TopBar, { target: document.getElementById('app')! });
