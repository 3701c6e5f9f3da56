import { type ReactNode, useState } from 'react';
import { MAIN_ID } from '../ui/landmarks.ts';
import { say } from '../words/say.ts';
import { Header } from './Header.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { useShortcut } from './useShortcut.ts';

/** The frame of every page: skip link, header, notices, and the page itself. */
export function Shell({ notices, children }: { notices?: ReactNode; children: ReactNode }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useShortcut('?', () => setHelpOpen(true));
  return (
    <div className="flex h-dvh min-h-0 flex-col">
      <button
        type="button"
        onClick={skipToMain}
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-primary px-3 py-1.5 text-sm font-medium text-primary-foreground focus:translate-y-0"
      >
        {say('shell.skip')}
      </button>
      <Header onHelp={() => setHelpOpen(true)} />
      {notices}
      <main id={MAIN_ID} tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
        {children}
      </main>
      <ShortcutsDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

/** A button and no link: the hash of the address is the route. */
function skipToMain(): void {
  document.getElementById(MAIN_ID)?.focus();
}
