export default function TimeAxis(_: { folder: string; exhibit: string }) {
  return null;
}
