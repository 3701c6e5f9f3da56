/** A stretch of a text that a view points out. Offsets are those of the text itself, not of what a widget shows. */
export interface TextMark {
  readonly from: number;
  /** As `from` where the place is empty. */
  readonly to: number;
  /** The side it was taken from; `open` while none is; `differs` where both are looked at. */
  readonly kind: 'first' | 'second' | 'open' | 'differs';
}

/** What stands before a mark: it points to the column the value is from. `null`: its line is marked instead. */
export const MARK_SIGNS: Readonly<Record<TextMark['kind'], string | null>> = {
  first: '←',
  second: '→',
  open: '?',
  differs: null,
};
