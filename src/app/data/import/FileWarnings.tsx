import { storeWords } from '../../problem/storeWords.ts';
import { sayData } from '../../words/sayData.ts';
import type { Warning } from '../fileTypes.ts';

/** What is odd about the file, one line for each kind of thing; nothing of it stops the import. */
export function FileWarnings({ warnings }: { warnings: readonly Warning[] }) {
  // What was changed in both places is counted above already, and decided in the next step.
  const shown = warnings.filter(({ code }) => code !== 'undecided');
  if (shown.length === 0) return null;
  return (
    <details className="text-xs" open={shown.length <= 3}>
      <summary className="w-fit cursor-pointer rounded py-1 font-medium">
        {sayData('import.warnings', { count: shown.length })}
      </summary>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-muted-foreground">
        {shown.map((warning) => (
          <li key={`${warning.code} ${warning.store}`}>{warningWords(warning)}</li>
        ))}
      </ul>
    </details>
  );
}

/** One line, with names of the format where there are any; where the store adds something, it is named first. */
function warningWords({ code, store, count, names }: Warning): string {
  const values = { count, store: store === null ? '' : storeWords(store) };
  const text = sayData(`warning.${code}`, values);
  const named = names.length > 0 ? sayData('warning.named', { text, names: names.join(', ') }) : text;
  const isNamedInside = code === 'empty-part' || code === 'missing-part';
  return store === null || isNamedInside
    ? named
    : sayData('warning.of', { store: capital(storeWords(store)), text: named });
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
