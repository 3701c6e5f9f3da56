import { createIndexedDbEngine, standIns } from '../client/engines.ts';
import { createPersistence, type Persistence } from '../client.ts';
import { browserEnvironment } from './browserEnvironment.ts';
import { allStores } from './stores/allStores.ts';
import { legacy } from './stores/legacy.ts';
import { policyOf } from './stores/policyOf.ts';
import { templates } from './stores/templates.ts';

/** Database and key prefix of our own, so that an old tab of the earlier app cannot write into ours (hl7.md 4). */
export const APP_NAME = 'hl7-workbench';

/** The app's data, opened once for the page. The examples are planted at a proven first run only (P04). */
export function openPersistence(name: string = APP_NAME): Persistence {
  const environment = browserEnvironment();
  return createPersistence({
    name,
    stores: allStores,
    files: async () => (await import('./stores/files/appFiles.ts')).appFiles,
    engines: [createIndexedDbEngine(environment, name), ...standIns(environment, name)],
    environment,
    async seeds() {
      const { exampleTemplates } = await import('./stores/exampleTemplates.ts');
      return exampleTemplates(environment.now()).map((data) => ({ store: templates, id: data.id, data }));
    },
    legacy,
    policyOf,
  });
}
