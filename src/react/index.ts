export { type SpaceLevel, type Status, type StatusKey, statusOf } from '../client/statusOf.ts';
export { usePersistence } from './context.ts';
export { PersistenceProvider } from './PersistenceProvider.tsx';
export { type DocumentCommands, useDocument } from './useDocument.ts';
export { useLoad } from './useLoad.ts';
export { usePersisted } from './usePersisted.ts';
export { type PersistenceStatus, usePersistenceStatus } from './usePersistenceStatus.ts';
