import { createIndexedDbEngine } from '../client/engines.ts';
import { answerFolds, type FoldRequest } from '../client/foldWorker.ts';
import { allStores } from './stores/allStores.ts';
import { workerEnvironment } from './workerEnvironment.ts';

// The worker that folds: started by the page when it is quiet, ended by it after one fold.
const environment = workerEnvironment();
const fold = answerFolds({
  environment,
  stores: allStores,
  engineOf: (name) => createIndexedDbEngine(environment, name),
});

self.addEventListener('message', async ({ data }: MessageEvent<FoldRequest>) => {
  self.postMessage(await fold(data));
});
