import { browserEnvironment } from '../../../src/app/browserEnvironment.ts';
import type { Environment } from '../../../src/environment.ts';

/** That of the app, but for the worker that folds: it has to know the stores. */
export const environment: Environment = {
  ...browserEnvironment(),
  foldWorker: () => new Worker(new URL('./fold.worker.ts', import.meta.url), { type: 'module' }),
};
