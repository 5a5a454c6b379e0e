/** What `edgel3 --help` prints. */
export const HELP = `edgel3: embeddings of sound files

Usage: edgel3 [options] INPUT...

Writes for every sound file an .npz file (numpy) with 'embedding', one row for each window of one second, and
'timestamps' in seconds. INPUT is a WAV file, or a folder of such files (its sub-folders are not searched).

Output
  -o, --output-dir DIR         existing folder to write to (default: beside the sound file)
  -x, --suffix TEXT            write NAME_TEXT.npz, or NAMETEXT.npz if TEXT begins with '.' (default: NAME.npz)
  -q, --quiet                  print errors and warnings only

Windows
  -t, --hop-size SECONDS       from one window to the next (default: 0.1)
  -n, --no-centering           begin the first window at the first sample instead of centring it there

Model (default: the built-in one, SEA with 64 dimensions, 90 % zeros)
      --model FILE             your own: a Keras .h5 or .h5.gz of EdgeL3, or a .safetensors made from one

  One of the published models, put as .h5.gz into the folder models of the cache ($EDGEL3_CACHE, or
  ~/.cache/edgel3). If any of these four is given, the others take the default named here:
  -mtype, --model-type TYPE    sparse or sea (default: sparse)
  -sp, --model-sparsity PERCENT  of a sparse one: 53.5 63.5 72.3 73.5 81.0 87.0 90.5 95.45 (default: 95.45)
  -retrain, --retrain-type TYPE  of a sparse one: ft or kd (default: ft)
  -e, --emb-dim N              of a SEA one: 64 128 256 512 (default: 128)

  -h, --help                   print this
      --version                print the version

A file that cannot be embedded is reported, the others go on, and the exit code is 1.
`;
