/**
 * The words at odd positions (1, 3, …) of a spoken fingerprint, one for each value of a byte, in order. A code, as
 * Morse's is, and no text to translate: changing a word breaks every fingerprint that was written down. Short English
 * words, no two of which differ in one letter only.
 */
export const nouns: readonly string[] = `
  acorn actor airport album alphabet anchor animal ankle answer antenna apple apron arena arrow artist atlas
  attic avenue axe baby badge bakery balcony balloon bamboo banana bandage banjo barrel basket battery beach
  beard beaver beetle bell bicycle bird biscuit blanket bone bonfire book bottle bowl box bracelet branch
  bread brick bridge broom bucket buffalo builder bus butter button cabbage cabin cactus cake camel camera
  canal candle canoe canyon carpet carrot cashew castle cat ceiling chair champion cheese cherry chess
  chicken chimney chorus circle city clock cloud clover cobra coconut coffee comb compass cookie corner
  cottage cotton cowboy crab cradle crane crayon cricket crown cup curtain dancer deer dentist desk diamond
  dinner doctor dog dolphin donkey door dragon drawer dress drill drum duck eagle ear earth egg elbow
  elephant engine envelope eraser eye fabric factory falcon farmer faucet feather fence finger fire fish
  flag flame flower flute folder football forehead forest fork fossil frog fruit garage garden garlic gate
  giraffe glove goat goose gorilla grape grass guitar hammer hand harbor hawk helmet hill hippo honey horse
  hospital hotel hunter insect island jacket jaguar jelly jewel judge jungle kettle key king kitchen kitten
  knee ladder lamp lantern laptop leaf leg leopard letter library lion lizard lobster magnet map market
  melon milk mirror monument moon mother motor mountain mouse museum mushroom napkin neck needle nest night
  nose nurse ocean office onion orchard ostrich oven oxygen oyster paddle palace panda passport pencil
  pepper piano pillow pilot pirate planet poem pony potato pumpkin puzzle rabbit radio rainbow river robot
  rocket rope
`
  .trim()
  .split(/\s+/);
