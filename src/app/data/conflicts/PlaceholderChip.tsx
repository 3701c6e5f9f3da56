import { TriangleAlert } from 'lucide-react';
import { findPlaceholders } from '../../../hl7/index.ts';
import type { Json } from '../../../vault/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { sayData } from '../../words/sayData.ts';
import type { FieldRow } from '../fileTypes.ts';

/** Says that one side has a value where the other has a placeholder: taking it fixes what was to be filled in. */
export function PlaceholderChip({ row: { first, second } }: { row: FieldRow }) {
  if (hasPlaceholder(first) === hasPlaceholder(second)) return null;
  return (
    <Badge tone="placeholder">
      <TriangleAlert aria-hidden="true" />
      {sayData('conflicts.placeholder')}
    </Badge>
  );
}

function hasPlaceholder(value: Json | undefined): boolean {
  return typeof value === 'string' && findPlaceholders(value).length > 0;
}
