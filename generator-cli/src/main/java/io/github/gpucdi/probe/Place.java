package io.github.gpucdi.probe;

/**
 * A directory to look in.
 *
 * @param fs the tree that links are followed in
 * @param directory absolute path in it
 */
record Place(RootedFs fs, String directory) {

    /** A path below the directory. */
    String child(String name) {
        return PathText.child(directory, name);
    }

    /** A directory below this one. */
    Place below(String name) {
        return new Place(fs, child(name));
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && fs.equals(place.fs) && directory.equals(place.directory);
    }

    @Override
    public int hashCode() {
        return directory.hashCode();
    }
}
