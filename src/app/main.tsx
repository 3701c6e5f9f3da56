import { createRoot } from 'react-dom/client';
import { PersistenceProvider } from '../react/index.ts';
import { App } from './App.tsx';
import { openPersistence } from './openPersistence.ts';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <PersistenceProvider client={openPersistence()}>
    <App />
  </PersistenceProvider>,
);
