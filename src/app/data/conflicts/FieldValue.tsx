import type { Json } from '../../../vault/types.ts';
import { sayData } from '../../words/sayData.ts';
import { valueText } from './valueText.ts';

/** What stands at a place: nothing, an empty text, or a value of which the beginning is shown. */
export function FieldValue({ value }: { value: Json | undefined }) {
  if (value === undefined || value === '')
    return (
      <span className="block text-sm text-muted-foreground italic">
        {sayData(value === '' ? 'conflicts.empty' : 'conflicts.absent')}
      </span>
    );
  const text = valueText(value);
  return (
    <span className="line-clamp-4 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap" title={text}>
      {text}
    </span>
  );
}
