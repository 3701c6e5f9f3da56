import { standardKeymap } from '@codemirror/commands';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { say } from '../../words/say.ts';
import { readLineEnds } from '../lineEnds.ts';
import type { MessageDocument } from '../messageDocument.ts';
import type { Mark } from '../validation/marks.ts';
import { appearance } from './appearance.ts';
import { bindDocument, shownText } from './bindDocument.ts';
import { clipboard } from './clipboard.ts';
import { colours } from './colours.ts';
import { folds } from './folds.ts';

export interface RawViewProps {
  document: MessageDocument;
  label: string;
  isReadOnly: boolean;
  /** The place under the caret, in words. */
  description: string;
  isInvalid?: boolean;
  marks: readonly Mark[];
  /** Puts the caret in, once, when the view appears. */
  takesFocus?: boolean;
}

/** The raw text, in CodeMirror. Loaded on demand; a view of the document, never its source. */
export default function RawView(props: RawViewProps) {
  const { document, label, isReadOnly, description, isInvalid = false, marks, takesFocus = false } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const attributes = useRef(new Compartment());

  // biome-ignore lint/correctness/useExhaustiveDependencies: what may change later is reconfigured below
  useEffect(() => {
    if (!parent.current) return;
    // In a shadow root CodeMirror adopts its style sheets; in the page it would write <style>, which the CSP refuses.
    const root = parent.current.shadowRoot ?? parent.current.attachShadow({ mode: 'open' });
    const made = new EditorView({
      parent: root,
      root,
      state: startState(document, attributes.current.of([])),
    });
    view.current = made;
    if (takesFocus) made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [document]);

  useEffect(() => {
    view.current?.dispatch({
      effects: attributes.current.reconfigure([
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-description': description,
          'aria-invalid': String(isInvalid),
          'aria-readonly': String(isReadOnly),
          autocomplete: 'off',
        }),
      ]),
    });
  }, [label, description, isReadOnly, isInvalid]);

  useEffect(() => {
    if (!view.current) return;
    const ends = readLineEnds(document.getSnapshot().text);
    const length = view.current.state.doc.length;
    const diagnostics: Diagnostic[] = marks.map(({ from, to, severity, message }) => ({
      from: Math.min(length, ends.toShown(from)),
      to: Math.min(length, ends.toShown(to)),
      severity,
      message,
    }));
    view.current.dispatch(setDiagnostics(view.current.state, diagnostics));
  }, [document, marks]);

  return <div ref={parent} className="h-full min-h-0 overflow-hidden" />;
}

/** Coming by Tab, the browser would put the caret where it was before, and not where the structure has put it. */
const keepSelection = EditorView.domEventHandlers({
  focus(_event, view) {
    view.focus();
    return false;
  },
});

function startState(document: MessageDocument, attributes: Extension): EditorState {
  const { selection, text } = document.getSnapshot();
  const ends = readLineEnds(text);
  const undo = () => {
    document.undo();
    return true;
  };
  const redo = () => {
    document.redo();
    return true;
  };
  return EditorState.create({
    doc: shownText(document),
    selection: { anchor: ends.toShown(selection.anchor), head: ends.toShown(selection.head) },
    extensions: [
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      drawSelection(),
      EditorView.lineWrapping,
      placeholder(say('raw.empty')),
      keymap.of([
        { key: 'Mod-z', run: undo },
        { key: 'Mod-Shift-z', run: redo },
        { key: 'Mod-y', run: redo },
        ...standardKeymap,
      ]),
      appearance,
      keepSelection,
      colours,
      folds,
      clipboard(document),
      bindDocument(document),
      attributes,
    ],
  });
}
