import { Dialog } from '../ui/Dialog.tsx';
import { Keys } from '../ui/Keys.tsx';
import { type MessageKey, say } from '../words/say.ts';

const SHORTCUTS = [
  ['Mod S', 'shortcuts.save'],
  ['Mod Z', 'shortcuts.undo'],
  ['Mod Shift Z', 'shortcuts.redo'],
  ['Mod F', 'shortcuts.find'],
  ['Mod Shift C', 'shortcuts.copy'],
  ['/', 'shortcuts.search'],
  ['↑ ↓ ← →', 'shortcuts.tree'],
  ['Enter', 'shortcuts.edit'],
  ['F6', 'shortcuts.toasts'],
  ['Esc', 'shortcuts.escape'],
  ['?', 'shortcuts.help'],
] as const satisfies readonly (readonly [string, MessageKey])[];

/** What the keyboard can do. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={say('shortcuts.title')} isOpen={isOpen} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
