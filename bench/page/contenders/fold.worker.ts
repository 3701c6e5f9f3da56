import { workerEnvironment } from '../../../src/app/workerEnvironment.ts';
import { answerFolds, type FoldRequest } from '../../../src/client/foldWorker.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { settings, templates } from './stores.ts';

// The worker that folds what is stored here: it knows our stores, as that of the app knows those of the app.
const environment = workerEnvironment();
const folds = answerFolds({
  environment,
  stores: [templates, settings],
  engineOf: (name) => createIndexedDbEngine(environment, name),
});

self.addEventListener('message', async ({ data }: MessageEvent<FoldRequest>) => {
  self.postMessage(await folds(data));
});
