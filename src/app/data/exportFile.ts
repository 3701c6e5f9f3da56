import type { ExportedFile } from '../../../machines/export.types.ts';
import type { Persistence } from '../../client.ts';
import { copyText } from '../files/copyText.ts';
import { datedName, download } from '../files/download.ts';
import { countWords } from '../problem/countWords.ts';
import { notify, notifyFailure } from '../ui/toasts.ts';
import { sayData } from '../words/sayData.ts';

/** Opens the export, hands over the file that was read back and compared, and says so. */
export async function exportFile(persistence: Persistence): Promise<void> {
  try {
    const result = await persistence.openExport(datedName('hl7-helper-backup', 'json', new Date()));
    if (result?.kind !== 'exported') return;
    const { file, to } = result;
    if (to === 'clipboard')
      return await copyText(new TextDecoder().decode(file.bytes), summary('data.copied', file));
    download(file.name, file.bytes, 'application/json');
    notify({ id: 'exported', text: summary('data.exported', file) });
  } catch (error) {
    notifyFailure(sayData('data.failed', { name: (error as Error).name }), 'export');
  }
}

/** What is in it, and what could not be taken as it should. */
function summary(
  key: 'data.exported' | 'data.copied',
  { counts, damaged, replaced, leftOut, unreadable }: ExportedFile,
): string {
  return [
    sayData(key, { what: countWords(counts) }),
    damaged.length > 0 && sayData('export.damaged', { count: damaged.length }),
    replaced > 0 && sayData('export.withTestValues', { count: replaced }),
    leftOut > 0 && sayData('export.leftOut', { count: leftOut }),
    unreadable > 0 && sayData('export.unreadable', { count: unreadable }),
  ]
    .filter(Boolean)
    .join(' ');
}
