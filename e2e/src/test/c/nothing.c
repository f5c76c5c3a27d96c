/* A hook that does nothing, as fast as a program can. */
int main(void) { return 0; }
