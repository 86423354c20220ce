import { createApp } from 'vue/dist/vue.esm-browser.prod.js';
import recipe from './recipe';

const app = createApp(recipe);
app.config.compilerOptions.isCustomElement = (tag: string) => tag === 'notification-bell';
app.mount('#app');
