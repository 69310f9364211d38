package io.siyu.mall.distributor.distributor;

/**
 * Who a distributor is, ready to be stored: what identifies a person is encrypted, a mask of it can
 * be shown, a keyed hash of the phone finds them in a list, and the marks find the same person
 * again (taxes add up per person).
 *
 * @param idNumberEncrypted empty as long as it is not known, and so are its mask and mark
 */
public record Person(
    String realNameEncrypted,
    String realNameMasked,
    String phoneEncrypted,
    String phoneMasked,
    String phoneHash,
    String idNumberEncrypted,
    String idNumberMasked,
    String nameMark,
    String idNumberMark,
    String openid) {}
