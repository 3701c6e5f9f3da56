import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { saySettings } from '../words/saySettings.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

/** Opens the settings about how data is kept. */
export function SettingsButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        <Settings2 aria-hidden="true" />
        {saySettings('settings.open')}
      </Button>
      <SettingsDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
