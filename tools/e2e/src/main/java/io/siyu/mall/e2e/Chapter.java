package io.siyu.mall.e2e;

/** A part of the story; plays on the scene that the parts before it left. */
interface Chapter {
  String title();

  void play(Scene scene);
}
