import { useEffect } from 'react';

/** Alt with the arrows goes to the record before or after, wherever the focus is in the dialog. */
export function useTurning(turn: (type: 'NEXT' | 'PREVIOUS') => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      turn(event.key === 'ArrowDown' ? 'NEXT' : 'PREVIOUS');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [turn]);
}
