import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root to render the dashboard into');

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
