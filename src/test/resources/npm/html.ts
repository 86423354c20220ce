import './recipe.js';
