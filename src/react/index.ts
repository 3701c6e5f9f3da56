export type { Status } from '../client/statusOf.ts';
export { usePersistence } from './context.ts';
export { PersistenceProvider } from './PersistenceProvider.tsx';
export { useDocument } from './useDocument.ts';
export { useLoad } from './useLoad.ts';
export { usePersisted } from './usePersisted.ts';
export { type PersistenceStatus, usePersistenceStatus } from './usePersistenceStatus.ts';
export { useView } from './useView.ts';
