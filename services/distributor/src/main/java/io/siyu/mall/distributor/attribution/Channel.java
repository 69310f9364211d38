package io.siyu.mall.distributor.attribution;

/** How a share reached the member. */
public enum Channel {
  LINK("链接"),
  POSTER("海报"),
  CARD("小程序卡片"),
  GROUP("群"),
  LIVE("直播");

  private final String chinese;

  Channel(String chinese) {
    this.chinese = chinese;
  }

  /** For sentences. */
  public String chinese() {
    return chinese;
  }
}
