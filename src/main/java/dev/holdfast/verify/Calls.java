package dev.holdfast.verify;

/** What can be done to the sessions of a server. */
interface Calls {
  boolean canCreate();

  boolean canStop();

  /** Starts an analysis; null when the server did not say that it did. */
  Known create(Client client);

  /** Lets a session gain rows, where verify is the one who reports them. */
  void work(Client client, Known known);

  /** Ends an analysis well, where verify is the one who does. */
  void finish(Client client, Known known);

  void stop(Client client, Known known);

  void delete(Client client, Known known);
}
