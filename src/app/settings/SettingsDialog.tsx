import { useDocument } from '../../react/index.ts';
import { POLICIES, policyFrom } from '../stores/policyOf.ts';
import { SETTINGS_ID, settings } from '../stores/settings.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { saySettings } from '../words/saySettings.ts';

const CHOICES = {
  prompt: ['settings.prompt', 'settings.promptMeans'],
  recover: ['settings.recover', 'settings.recoverMeans'],
  clear: ['settings.clear', 'settings.clearMeans'],
} as const;

interface SettingsDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** What may be done without asking. Stored with the settings as soon as it is chosen. */
export function SettingsDialog({ isOpen, onClose }: SettingsDialogProps) {
  const document = useDocument(settings, SETTINGS_ID);
  const stored = document.kind === 'open' ? document.data : undefined;
  const canStore = document.kind === 'missing' || (document.kind === 'open' && !document.readOnly);
  const chosen = policyFrom(stored?.corruptionHandling);
  return (
    <Dialog
      title={saySettings('settings.title')}
      description={saySettings('settings.stored')}
      isOpen={isOpen}
      onClose={onClose}
    >
      <fieldset disabled={!canStore} className="flex flex-col gap-1">
        <legend className="mb-2 font-medium">{saySettings('settings.damage')}</legend>
        {POLICIES.map((policy) => {
          const [label, means] = CHOICES[policy];
          return (
            <label
              key={policy}
              className="flex gap-3 rounded-lg px-2 py-2 has-checked:bg-accent/60 has-enabled:hover:bg-muted"
            >
              <input
                type="radio"
                name="corruptionHandling"
                value={policy}
                checked={chosen === policy}
                onChange={() => document.edit({ ...stored, corruptionHandling: policy })}
                aria-describedby={`${policy}-means`}
                className="mt-0.5 size-4 shrink-0 accent-primary"
              />
              <span className="flex flex-col">
                {saySettings(label)}
                <span id={`${policy}-means`} className="text-xs text-muted-foreground">
                  {saySettings(means)}
                </span>
              </span>
            </label>
          );
        })}
        <p className="mt-2 text-xs text-muted-foreground">
          {saySettings(canStore ? 'settings.once' : 'settings.readOnly')}
        </p>
      </fieldset>
    </Dialog>
  );
}
