import { standardKeymap } from '@codemirror/commands';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { withShownBreaks } from '../../../editor/lineEnds.ts';
import { appearance } from '../../../editor/raw/appearance.ts';
import { copySelection } from '../../../editor/raw/clipboard.ts';
import { colours } from '../../../editor/raw/colours.ts';
import { folds } from '../../../editor/raw/folds.ts';
import { marksShown, setMarks } from './marks.ts';
import type { TextMark } from './textMark.ts';

export interface ReadOnlyTextProps {
  text: string;
  label: string;
  /** What is marked, in words. */
  description: string;
  marks: readonly TextMark[];
  /** Told what scrolls, once it is there. */
  onScroller?: (scroller: HTMLElement | null) => void;
}

/** A message to be read, in CodeMirror, with a caret to go through it by keyboard. Loaded on demand. */
export default function ReadOnlyText({ text, label, description, marks, onScroller }: ReadOnlyTextProps) {
  const parent = useRef<HTMLDivElement>(null);
  const copied = useRef(text);
  const [attributes] = useState(() => new Compartment());
  const [view, setView] = useState<EditorView | null>(null);

  useEffect(() => {
    if (!parent.current) return;
    // In a shadow root CodeMirror adopts its style sheets; in the page it would write <style>, which the CSP refuses.
    const root = parent.current.shadowRoot ?? parent.current.attachShadow({ mode: 'open' });
    const copy = (event: ClipboardEvent, from: EditorView) => copySelection(copied.current, event, from);
    const extensions = [EditorView.domEventHandlers({ copy }), attributes.of([]), ...EXTENSIONS];
    const made = new EditorView({ parent: root, root, state: EditorState.create({ extensions }) });
    setView(made);
    return () => {
      setView(null);
      made.destroy();
    };
  }, [attributes]);

  useEffect(() => {
    onScroller?.(view?.scrollDOM ?? null);
  }, [view, onScroller]);

  useEffect(() => {
    copied.current = text;
    if (!view) return;
    const shown = withShownBreaks(text);
    const isOther = view.state.doc.toString() !== shown;
    view.dispatch({
      ...(isOther && { changes: { from: 0, to: view.state.doc.length, insert: shown } }),
      effects: setMarks.of({ text, marks }),
    });
  }, [view, text, marks]);

  useEffect(() => {
    const content = EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-description': description,
      'aria-readonly': 'true',
      autocomplete: 'off',
      tabindex: '0',
      // No keyboard of the screen comes up where nothing can be typed.
      inputmode: 'none',
    });
    view?.dispatch({ effects: attributes.reconfigure(content) });
  }, [view, attributes, label, description]);

  return <div ref={parent} className="h-full min-h-0 overflow-hidden" />;
}

const EXTENSIONS = [
  lineNumbers(),
  marksShown,
  highlightSpecialChars(),
  drawSelection(),
  EditorView.lineWrapping,
  // Tab is not among them: it goes on through the page.
  keymap.of([...standardKeymap]),
  appearance,
  colours,
  folds,
  EditorState.readOnly.of(true),
];
