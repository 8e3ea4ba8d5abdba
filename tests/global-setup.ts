/** Runs once before all tests: pins what must not matter, so that a test that leans on it shows. */
export default function setup(): void {
  process.env['TZ'] ??= 'Asia/Almaty';
}
