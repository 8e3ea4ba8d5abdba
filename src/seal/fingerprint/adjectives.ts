/**
 * The words at even positions (0, 2, …) of a spoken fingerprint, one for each value of a byte, in order. A code, as
 * Morse's is, and no text to translate: changing a word breaks every fingerprint that was written down. Short English
 * words, no two of which differ in one letter only.
 */
export const adjectives: readonly string[] = `
  able acid active actual agile alert alpine amber ample ancient angry arctic artful ashen atomic autumn
  awake azure balanced barren basic beige big bitter blue blunt bold bouncy brave brief bright broad bronze
  brown bubbly bumpy busy calm careful cheerful chief chilly chosen circular civil classic clear clever
  clockwise closed coastal comic common compact complex cool copper coral covered crimson crisp crunchy
  cubic curly curved daily damp daring dark decent deep dense desert digital direct distant double downhill
  dry dusty dutiful eager early eastern easy elastic elder electric empty endless equal even exact extra
  fabulous faded fair faithful famous fancy fast fearless festive fierce final firm first flat floral fluffy
  foggy forceful foreign fragile free fresh friendly frosty frozen full funny fuzzy gentle giant glad global
  glossy golden good graceful grand granite grassy gray great green handmade happy hard harmless harmonic
  hasty healthy heavy hidden high hollow honest hopeful huge humble hungry icy ideal immense indoor inner
  iron ivory jagged jolly joyful juicy junior keen kind known large lavish layered legal lemon light linear
  liquid little lofty lonely long loose loud loving low lucky lunar magic main major marble mature mellow
  merry metal mighty mild minor misty mobile modern modest moist muddy musical mutual narrow natural navy
  nearby neat new nimble noble noisy normal northern novel oaken oblong obvious odd oily olive open orange
  orderly organic outdoor outer oval pale paper patient perfect pink plain playful polar polite popular
  proud public pure purple quick quiet rapid rare ready real red regular rich ripe rocky rough rubbery
`
  .trim()
  .split(/\s+/);
