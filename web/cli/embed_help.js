import { soundFormats } from '../node.js';

const READ = soundFormats
  .filter(({ isRead }) => isRead)
  .map(({ name }) => name)
  .join(', ');

/** What `edgel3 --help` prints. */
export const EMBED_HELP = `edgel3: embeddings of sound files

Usage: edgel3 [options] INPUT...
       edgel3 models list | fetch NAME | convert IN OUT | info FILE     (edgel3 models --help)
       edgel3 info FILE                         how a file of embeddings was made
       edgel3 teach | classify | listen         learn sounds from examples, recognise them in files and live
       edgel3 search | duplicates | distance | map     the most alike, the same, how far apart, a page to look at
       edgel3 COMMAND --help                    all of it

Writes for every sound file an .npz file (numpy) with 'embedding', one row for each window of one second, and
'timestamps' in seconds. INPUT is a file (${READ}), a folder of such files, or -
for standard input, which goes to standard output.

Input
  -r, --recursive              search the folders below a folder too
      --files-from FILE        read paths from FILE, one in a line, or from standard input if it is -; prints one JSON
                               object for each file as it is done
  -0, --null                   a NUL stands between these paths, as 'find -print0' has it
  -j, --jobs N                 files at once, each on a processor (default: as many as there are, at most 8)

Output
  -o, --output-dir DIR         existing folder to write to (default: beside the sound file)
  -x, --suffix TEXT            write NAME_TEXT.npz, or NAMETEXT.npz if TEXT begins with '.' (default: NAME.npz)
      --format FORMAT          npz, npy, csv, json or jsonl (default: npz)
      --keep-extension         write NAME.EXTENSION.npz, so that a.mp3 and a.wav do not share a.npz
      --no-ffmpeg              never let the program ffmpeg decode what edgel3 does not read (m4a, mp4, webm, wma …)
      --overwrite              compute again what is there already (default: skip it)
      --combine FILE           write one table of all sounds instead, with the columns file, start, end and embedding:
                               .parquet, .npz, .csv or .jsonl; what is in it already is kept and not computed again
      --pool HOW               one row for each sound in that table: mean, max or meanstd
      --normalize              give every row in that table the length 1
  -q, --quiet                  print errors and warnings only

Windows
  -t, --hop-size SECONDS       from one window to the next (default: 0.1)
      --from SECONDS           embed each sound from there on only; timestamps still count from its beginning
      --to SECONDS             and up to there; what follows is not read
  -n, --no-centering           begin the first window at the first sample instead of centring it there

Model (default: the built-in one, SEA with 64 dimensions, 69.5 % zeros)
      --model FILE             your own: a Keras .h5 or .h5.gz of EdgeL3, OpenL3 or L3, or a .safetensors made from one
      --model NAME             one of those that 'edgel3 models list' names

  A published one, once 'edgel3 models fetch' has it. If any of these is given, the others take the default named
  here. With --model they say what the file is, where it does not tell by itself:
  -mtype, --model-type TYPE    sparse, sea, openl3 or, with --model, l3 (default: sparse)
  -sp, --model-sparsity PERCENT  of a sparse one: 53.5 63.5 72.3 73.5 81.0 87.0 90.5 95.45 (default: 95.45)
  -retrain, --retrain-type TYPE  of a sparse one: ft or kd (default: ft)
  -e, --emb-dim N              of a SEA one: 64 128 256 512 (default: 128); of OpenL3: 512 6144 (default: 6144)
  -i, --input-repr REPR        of OpenL3: linear, mel128 or mel256 (default: mel256)
  -c, --content-type TYPE      of OpenL3: music or env (default: music)
      --front-end VERSION      of OpenL3: 0.4, or 0.3 as openl3 up to 0.3.1 (default: 0.4, or as the file)

      --build BUILD            auto, or baseline: slower by a third, the same numbers on every machine (default: auto)
      --profile                print how long each part of the model takes for one window, and embed nothing
  -h, --help                   print this
      --version                print the version

A file that cannot be embedded is reported, the others go on. Exit codes: 0, all is done; 1, something failed; 2, the
command line makes no sense; 255, there are no sound files.
`;
