import { createRoot } from 'react-dom/client';
import { TopBar } from './recipe';

createRoot(document.getElementById('app')!).render(<TopBar />);
