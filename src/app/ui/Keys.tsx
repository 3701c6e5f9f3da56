const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Key caps for `'Mod Shift Z'`; Mod is Ctrl, on Apple machines ⌘. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5.5 min-w-5.5 items-center justify-center rounded border border-border border-b-2 bg-muted px-1.5 font-sans text-xs text-foreground"
        >
          {key === 'Mod' ? (isApple ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
