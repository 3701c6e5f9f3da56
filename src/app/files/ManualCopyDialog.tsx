import { Dialog } from '../ui/Dialog.tsx';
import { useSlot } from '../ui/slot.ts';
import { say } from '../words/say.ts';
import { manualCopy } from './manualCopy.ts';

/** The way out when the clipboard is refused: the text, selected. */
export function ManualCopyDialog() {
  const text = useSlot(manualCopy);
  return (
    <Dialog
      title={say('copy.failed')}
      description={say('copy.byHand')}
      isOpen={text !== null}
      onClose={() => manualCopy.set(null)}
    >
      <textarea
        ref={selectAll}
        readOnly
        rows={10}
        aria-label={say('copy.textToCopy')}
        value={text ?? ''}
        className="scroll-thin w-full rounded-md border border-input bg-card p-2 font-mono text-xs"
      />
    </Dialog>
  );
}

/** After the dialog has put the focus where it thinks best. */
function selectAll(area: HTMLTextAreaElement | null): void {
  window.setTimeout(() => {
    area?.focus();
    area?.select();
  });
}
