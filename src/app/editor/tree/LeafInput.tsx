import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDocumentSnapshot } from '../workspace.ts';
import { writeValue } from './editTree.ts';
import type { TreeRowProps } from './TreeRow.tsx';

/**
 * The value of a leaf as a text field; every keystroke is in the raw text at once.
 *
 * Enter and Tab go on, Esc takes back what was typed here, Ctrl+Z and Ctrl+Y are those of the message.
 */
export function LeafInput({ row, workspace, name, onStopEditing }: TreeRowProps) {
  const { document } = workspace;
  const { revision } = useDocumentSnapshot(workspace);
  const [typed, setTyped] = useState<{ text: string; revision: number } | null>(null);
  const [before] = useState(() => ({ value: row.value ?? '', session: crypto.randomUUID() }));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);

  // What was typed stands until the message changes by another hand, such as undo.
  const shown = typed?.revision === revision ? typed.text : (row.value ?? '');

  const write = (text: string): void => {
    const wasWritten = writeValue(workspace, row.position, text, `${row.id} ${before.session}`);
    if (wasWritten) setTyped({ text, revision: document.getSnapshot().revision });
  };

  // A text field drops line breaks; in a value they are data and become `\\.br\\` (hl7.md 5.5).
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!/[\r\n]/.test(pasted)) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const text = shown.slice(0, selectionStart ?? 0) + pasted + shown.slice(selectionEnd ?? shown.length);
    writeValue(workspace, row.position, text, `${row.id} ${before.session}`);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const mod = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (mod && (key === 'z' || key === 'y')) {
      event.preventDefault();
      if (key === 'y' || event.shiftKey) document.redo();
      else document.undo();
      return;
    }
    switch (event.key) {
      case 'Enter':
        event.preventDefault();
        return onStopEditing('done');
      case 'Tab':
        event.preventDefault();
        return onStopEditing(event.shiftKey ? 'previous' : 'next');
      case 'Escape':
        event.preventDefault();
        if (shown !== before.value) write(before.value);
        return onStopEditing('done');
    }
  };

  return (
    <input
      ref={input}
      aria-label={name ? `${row.path} ${name}` : row.path}
      value={shown}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => write(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => onStopEditing('left')}
      className="h-6 min-w-0 flex-1 rounded border border-ring bg-card px-1.5 font-mono text-xs outline-none"
    />
  );
}
