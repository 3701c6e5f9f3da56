import { useEffect } from 'react';

/** Alt with the arrows goes to the record before or after, wherever the focus is in the dialog. */
export function useTurning(turn: (type: 'NEXT' | 'PREVIOUS') => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      turn(event.key === 'ArrowDown' ? 'NEXT' : 'PREVIOUS');
    };
    // On its way down: the dialog keeps arrows to itself.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [turn]);
}
