/**
 * Puts text on the clipboard. Rejects where the person did nothing that allows it.
 *
 * SECURITY: by way of the copy event and not of `navigator.clipboard`, which asks for a permission: Electron's window grants
 * none, and a key or a click is enough for this.
 */
export function copyText(text: string): Promise<void> {
  const put = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', put, { capture: true, once: true });
  try {
    // Deprecated in name only: there is no other way to copy without a permission.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('not copied'));
  } finally {
    document.removeEventListener('copy', put, { capture: true });
  }
}
