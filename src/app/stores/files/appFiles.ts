import type { BundleDomain } from '../../../bundle/domain.ts';
import { readDesktopFile } from './desktopFile.ts';
import { draftsInFiles } from './draftsInFiles.ts';
import { readPlainText } from './plainText.ts';
import { serializationInFiles } from './serializationInFiles.ts';
import { settingsInFiles } from './settingsInFiles.ts';
import { templatesInFiles } from './templatesInFiles.ts';

/** The files of HL7 Helper Web: its four stores, the earlier app's export, and what else people have. */
export const appFiles: BundleDomain = {
  application: 'hl7-helper-web',
  stores: new Map([
    ['templates', templatesInFiles],
    ['settings', settingsInFiles],
    ['serializationState', serializationInFiles],
    ['drafts', draftsInFiles],
  ]),
  readJson: readDesktopFile,
  readText: readPlainText,
};
