export default function ViewerGrid(_: { folder: string; exhibit: string }) {
  return null;
}
