import { LoaderCircle } from 'lucide-react';

/** Something is under way, and how far is not known. Said once, at its start. */
export function Working({ words }: { words: string }) {
  return (
    <div className="flex items-center gap-3 rounded-lg bg-info-soft px-4 py-3 text-info">
      <LoaderCircle aria-hidden="true" className="size-4 shrink-0 motion-safe:animate-spin" />
      <span role="progressbar" aria-label={words} aria-valuetext={words}>
        {words}
      </span>
    </div>
  );
}
