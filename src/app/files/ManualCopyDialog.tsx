import { useEffect, useRef } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { useSlot } from '../ui/slot.ts';
import { say } from '../words/say.ts';
import { manualCopy } from './manualCopy.ts';

/** The way out when the clipboard is refused: the text, selected. */
export function ManualCopyDialog() {
  const text = useSlot(manualCopy);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (text !== null) area.current?.select();
  }, [text]);
  return (
    <Dialog
      title={say('copy.failed')}
      description={say('copy.byHand')}
      isOpen={text !== null}
      onClose={() => manualCopy.set(null)}
    >
      <textarea
        ref={area}
        readOnly
        rows={10}
        aria-label={say('copy.textToCopy')}
        value={text ?? ''}
        className="scroll-thin w-full rounded-md border border-input bg-card p-2 font-mono text-xs"
      />
    </Dialog>
  );
}
