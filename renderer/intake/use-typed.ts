import { useRef } from 'react';

const pauseMs = 800;

/** Letters that are typed without a pause, as one word. */
export function useTyped(): (letter: string) => string {
  const typed = useRef({ word: '', atMs: -pauseMs });
  return (letter) => {
    const now = performance.now();
    const word = now - typed.current.atMs < pauseMs ? typed.current.word + letter : letter;
    typed.current = { word, atMs: now };
    return word;
  };
}
