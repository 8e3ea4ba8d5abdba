import { createRoot } from 'react-dom/client';
import { startWindow } from './shell/start-window.tsx';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';

const root = document.getElementById('root');
if (root !== null) void startWindow((page) => createRoot(root).render(page));
