import { useEffect, useState } from 'react';
import { say } from '../words/say.ts';
import { size } from '../words/sizes.ts';

/** What the browser says about space. Its numbers are padded guesses, so the words say "about" (F22). */
export function SpaceUsed() {
  const [estimate, setEstimate] = useState<StorageEstimate | null>(null);
  useEffect(() => {
    let isCurrent = true;
    navigator.storage?.estimate().then(
      (found) => isCurrent && setEstimate(found),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  if (estimate?.usage === undefined || !estimate.quota) return say('status.spaceUnknown');
  return say('status.spaceUsed', { used: size(estimate.usage), quota: size(estimate.quota) });
}
