import { EditorView } from '@codemirror/view';

const variableColours = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => [
    `.hl7-variable-${index + 1}`,
    { color: `var(--variable-${index + 1})` },
  ]),
);

/** The look of the raw pane, in the tokens of the page, so that it follows the theme by itself. */
export const appearance = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', color: 'var(--hl7-value)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.45rem',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--scrollbar) transparent',
  },
  '.cm-content': { caretColor: 'var(--foreground)', padding: '0.5rem 0' },
  '.cm-line': { padding: '0 0.75rem 0 0.5rem', wordBreak: 'break-all' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--muted-foreground)',
    border: 'none',
    fontSize: '0.6875rem',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 0.25rem 0 0.75rem', minWidth: '2.25rem' },
  '.cm-activeLine': { backgroundColor: 'var(--caret-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--foreground)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-placeholder': { color: 'var(--muted-foreground)' },
  '.cm-specialChar': { color: 'var(--destructive)' },
  '.hl7-fold': {
    fontFamily: 'var(--font-sans)',
    fontSize: '0.75rem',
    color: 'var(--info)',
    backgroundColor: 'var(--info-soft)',
    borderRadius: '4px',
    padding: '1px 6px',
    margin: '0 4px',
  },
  '.hl7-segment': { color: 'var(--hl7-segment)', fontWeight: '700' },
  '.hl7-odd': { color: 'var(--destructive)' },
  '.hl7-delimiter': { color: 'var(--hl7-delimiter)' },
  '.hl7-escape': { color: 'var(--hl7-escape)' },
  '.hl7-placeholder': {
    color: 'var(--placeholder)',
    backgroundColor: 'var(--placeholder-soft)',
    borderRadius: '3px',
    textDecoration: 'underline dotted',
    textUnderlineOffset: '3px',
  },
  ...variableColours,
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--destructive)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warning)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-info': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted var(--info)',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--popover)',
    color: 'var(--foreground)',
    border: '1px solid var(--border)',
    borderRadius: '0.5rem',
    boxShadow: 'var(--shadow-pop)',
    maxWidth: '22rem',
  },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans)', fontSize: '0.75rem', padding: '0.375rem 0.625rem' },
});
